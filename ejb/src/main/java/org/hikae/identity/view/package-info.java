/**
 * Employees, groups, legal holds and reads of the directory as records. Knows no entity, store or
 * bean.
 */
@NullMarked
package org.hikae.identity.view;

import org.jspecify.annotations.NullMarked;

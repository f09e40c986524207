/**
 * Words of notices, when they are sent, and what weakens a recipient. Pure: knows no entity, store
 * or bean.
 */
@NullMarked
package org.hikae.notice.control;

import org.jspecify.annotations.NullMarked;

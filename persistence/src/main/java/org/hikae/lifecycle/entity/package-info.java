/** Erasures, leavers and public receipt keys as JPA entities. Knows no store. */
@NullMarked
package org.hikae.lifecycle.entity;

import org.jspecify.annotations.NullMarked;

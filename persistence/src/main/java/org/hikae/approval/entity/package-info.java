/** Requests for a second administrator's approval as JPA entities. Knows no store. */
@NullMarked
package org.hikae.approval.entity;

import org.jspecify.annotations.NullMarked;

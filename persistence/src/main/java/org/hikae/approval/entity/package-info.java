/** Changes that wait for a second administrator, as rows. */
@NullMarked
package org.hikae.approval.entity;

import org.jspecify.annotations.NullMarked;

/** Erasures that employees asked for, and the public keys their receipts are signed with. */
@NullMarked
package org.hikae.lifecycle.entity;

import org.jspecify.annotations.NullMarked;

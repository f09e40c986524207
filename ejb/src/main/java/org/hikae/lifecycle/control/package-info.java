/** Receipts of erasures and the key that signs them. */
@NullMarked
package org.hikae.lifecycle.control;

import org.jspecify.annotations.NullMarked;

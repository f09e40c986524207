/** Writes events, gives them their places in the chain, and reads them. Knows no use case. */
@NullMarked
package org.hikae.audit.store;

import org.jspecify.annotations.NullMarked;

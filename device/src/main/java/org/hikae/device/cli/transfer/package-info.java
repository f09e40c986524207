/** {@code hikae transfer}: K goes from one computer of a person to another. */
@NullMarked
package org.hikae.device.cli.transfer;

import org.jspecify.annotations.NullMarked;

/** Two devices with somebody between them who need not be honest. */
@NullMarked
package org.hikae.device.transfer;

import org.jspecify.annotations.NullMarked;

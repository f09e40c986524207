/** hikae report: what this device can say of itself, shown to its person and then sent to IT. */
@NullMarked
package org.hikae.device.cli.diagnostics;

import org.jspecify.annotations.NullMarked;

/**
 * What a device can say of itself when its employee asks for help: its last runs and problems,
 * which are kept without a name or a path, and looks that end in time whatever is wrong. It knows
 * no command.
 */
@NullMarked
package org.hikae.device.diagnostics;

import org.jspecify.annotations.NullMarked;

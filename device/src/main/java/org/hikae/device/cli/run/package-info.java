/**
 * The frame of a run: it is reported, shown, limited in rate, and ended in order. It knows no
 * command.
 */
@NullMarked
package org.hikae.device.cli.run;

import org.jspecify.annotations.NullMarked;

/**
 * A command that asks a person in a page as it would ask them at a terminal. It knows no command.
 */
@NullMarked
package org.hikae.device.cli.dialog;

import org.jspecify.annotations.NullMarked;

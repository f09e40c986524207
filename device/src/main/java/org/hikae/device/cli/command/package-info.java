/**
 * What every command shares: environment, arguments as bytes, output, language, exit codes. It
 * knows no command and no other package of the command line.
 */
@NullMarked
package org.hikae.device.cli.command;

import org.jspecify.annotations.NullMarked;

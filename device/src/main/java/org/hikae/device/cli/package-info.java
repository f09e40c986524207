/**
 * The {@code hikae} command line: what people type and read, in English and Japanese, and what
 * scripts get as JSON lines and exit codes. It decides nothing about keys or files; it asks, shows,
 * and calls.
 */
@NullMarked
package org.hikae.device.cli;

import org.jspecify.annotations.NullMarked;

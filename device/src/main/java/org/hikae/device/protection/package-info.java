/**
 * How K is made, protected, opened again and replaced: opt-in, password, 64-digit key, rotation. It
 * knows no backup and no command.
 */
@NullMarked
package org.hikae.device.protection;

import org.jspecify.annotations.NullMarked;

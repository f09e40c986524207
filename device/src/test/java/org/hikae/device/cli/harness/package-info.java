/**
 * The command line in a temporary home, with devices, descriptors, passwords and disks for it. Only
 * tests use it.
 */
@NullMarked
package org.hikae.device.cli.harness;

import org.jspecify.annotations.NullMarked;

/** The program hikae: the tree of its commands. What a command does is in the packages below. */
@NullMarked
package org.hikae.device.cli;

import org.jspecify.annotations.NullMarked;

/**
 * How a command and the agent that stays find each other and what they say: a socket of the
 * person's own, a greeting with the version, frames with limits. It knows no command.
 */
@NullMarked
package org.hikae.device.daemon;

import org.jspecify.annotations.NullMarked;

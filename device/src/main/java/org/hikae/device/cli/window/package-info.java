/** hikae open: the window in the person's browser, and what its page asks of the agent. */
@NullMarked
package org.hikae.device.cli.window;

import org.jspecify.annotations.NullMarked;

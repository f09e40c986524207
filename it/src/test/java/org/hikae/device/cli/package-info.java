/** What the tests of the running system need of the agent's own package. */
@NullMarked
package org.hikae.device.cli;

import org.jspecify.annotations.NullMarked;

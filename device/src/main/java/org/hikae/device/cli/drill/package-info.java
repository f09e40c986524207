/** hikae drill, by hand and by schedule, and what the portal is shown of it and of practice. */
@NullMarked
package org.hikae.device.cli.drill;

import org.jspecify.annotations.NullMarked;

/** What a run tells and counts while it works. It knows no command. */
@NullMarked
package org.hikae.device.run;

import org.jspecify.annotations.NullMarked;

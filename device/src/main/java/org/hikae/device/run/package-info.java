/** What a run tells and counts while it works, and how it ends when the person asks. */
@NullMarked
package org.hikae.device.run;

import org.jspecify.annotations.NullMarked;

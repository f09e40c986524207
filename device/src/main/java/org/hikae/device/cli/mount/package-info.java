/** hikae mount: snapshots as folders until Ctrl-C. It restores nothing. */
@NullMarked
package org.hikae.device.cli.mount;

import org.jspecify.annotations.NullMarked;

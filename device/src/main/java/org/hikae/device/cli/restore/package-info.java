/** hikae restore with its dry run, and hikae verify. It knows no backup. */
@NullMarked
package org.hikae.device.cli.restore;

import org.jspecify.annotations.NullMarked;

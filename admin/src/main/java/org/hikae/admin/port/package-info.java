/** The outside world as the checks see it: web, database, vault, certificates and disks. */
@NullMarked
package org.hikae.admin.port;

import org.jspecify.annotations.NullMarked;

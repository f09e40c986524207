/** Makes the second store of a portal's database its first one, after the first site is lost. */
@NullMarked
package org.hikae.admin.site;

import org.jspecify.annotations.NullMarked;

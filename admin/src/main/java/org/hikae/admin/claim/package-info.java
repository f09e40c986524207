/** Claims of the threat model that can be executed on an installation, a class for each kind. */
@NullMarked
package org.hikae.admin.claim;

import org.jspecify.annotations.NullMarked;

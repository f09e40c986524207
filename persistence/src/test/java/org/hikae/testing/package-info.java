/** The two databases and Hibernate without a server, for tests of this module. */
@NullMarked
package org.hikae.testing;

import org.jspecify.annotations.NullMarked;

/** Both databases without a server, and faults in them, for tests of this module. */
@NullMarked
package org.hikae.persistence.testing;

import org.jspecify.annotations.NullMarked;

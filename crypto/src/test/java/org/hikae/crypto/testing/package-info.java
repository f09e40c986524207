/** What several tests of this module need. */
@NullMarked
package org.hikae.crypto.testing;

import org.jspecify.annotations.NullMarked;

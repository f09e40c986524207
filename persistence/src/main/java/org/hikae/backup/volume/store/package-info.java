/** A folder of files as a store of bytes needs it: what its calls promise when the power goes. */
@NullMarked
package org.hikae.backup.volume.store;

import org.jspecify.annotations.NullMarked;

/**
 * Where sealed objects and snapshots are kept: the port BackupStore, its exceptions, and downloads
 * that check what came. It opens nothing that is sealed.
 */
@NullMarked
package org.hikae.device.store;

import org.jspecify.annotations.NullMarked;

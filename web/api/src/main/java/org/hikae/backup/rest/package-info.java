/** Objects, snapshots and runs, what they take, and reading them again to find rot. */
@NullMarked
package org.hikae.backup.rest;

import org.jspecify.annotations.NullMarked;

/**
 * The port VaultStore on an embedded H2 file or a schema of PostgreSQL. It knows rows and bytes,
 * and no use case.
 */
@NullMarked
package org.hikae.vault.database;

import org.jspecify.annotations.NullMarked;

/**
 * The database schema: migrations run as the owner's login, the application's login gets only the
 * rights it needs.
 */
@NullMarked
package org.hikae.schema.entity;

import org.jspecify.annotations.NullMarked;

/** Migrates the schema before anything else starts. Calls no boundary. */
@NullMarked
package org.hikae.schema.job;

import org.jspecify.annotations.NullMarked;

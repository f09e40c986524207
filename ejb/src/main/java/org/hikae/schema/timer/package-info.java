/** Brings the schema up to date before anything else starts. */
@NullMarked
package org.hikae.schema.timer;

import org.jspecify.annotations.NullMarked;

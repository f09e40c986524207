/**
 * Read-only figures for people: who takes part, how their backups do, what is stored. It reads the
 * rows of every capability and changes none; what it returns are view records without a secret and
 * without the name of any file.
 */
@NullMarked
package org.hikae.insight.boundary;

import org.jspecify.annotations.NullMarked;

/** The form of a restic password that is sealed under K. Pure: knows no entity, store or bean. */
@NullMarked
package org.hikae.backup.restic.control;

import org.jspecify.annotations.NullMarked;

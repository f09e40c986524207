/** Draws the dossier as PDF, with the font embedded. */
@NullMarked
package org.hikae.admin.print;

import org.jspecify.annotations.NullMarked;

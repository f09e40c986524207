/**
 * What the dossier is: claims, what became of each on this installation, and the signed files
 * (spec, page dossier.md).
 */
@NullMarked
package org.hikae.admin.dossier;

import org.jspecify.annotations.NullMarked;

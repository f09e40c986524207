/**
 * The folder that holds everything of a backup set (spec HK1-B-01): its layout, and how it is
 * written so that a crash leaves nothing that is half there. What it holds is sealed, signed or
 * public; nothing here can open any of it.
 */
@NullMarked
package org.hikae.hk1.bundle;

import org.jspecify.annotations.NullMarked;

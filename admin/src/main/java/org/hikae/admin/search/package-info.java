/**
 * Searches all that a company holds for secrets in every encoding. The same search is to find what
 * is known to be there, or it proves nothing.
 */
@NullMarked
package org.hikae.admin.search;

import org.jspecify.annotations.NullMarked;

/**
 * Copies one employee's set from the portal's database and its folder of files into a bundle (spec
 * HK1-B-01), without a running portal. What is copied is ciphertext; nothing is changed.
 */
@NullMarked
package org.hikae.admin.bundle;

import org.jspecify.annotations.NullMarked;

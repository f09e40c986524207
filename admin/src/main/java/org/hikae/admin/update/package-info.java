/**
 * What the signers of updates need on a computer without a network (spec, page updates.md): the
 * folder with the signed files, and signatures by OpenSSL, which alone sees a private key.
 */
@NullMarked
package org.hikae.admin.update;

import org.jspecify.annotations.NullMarked;

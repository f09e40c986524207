/** Keeps the bytes of objects in a bucket of a server that speaks S3. Knows no use case. */
@NullMarked
package org.hikae.backup.bucket.store;

import org.jspecify.annotations.NullMarked;

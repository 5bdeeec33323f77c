#include "geo/core/sha256.h"

#include <gtest/gtest.h>

#include "geo/core/file.h"
#include "tests/support/shared_data.h"

namespace hashimichi {
namespace {

// The examples of FIPS 180 (NIST, "SHA-256 example values"): one block, two blocks, a million letters.
TEST(Sha256, AgreesWithTheExamplesOfTheStandard) {
  EXPECT_EQ(sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256Hex(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesGiveTheSameAsTheWhole) {
  Sha256 hash;
  for (int i = 0; i < 1000; ++i) hash.add(std::string(static_cast<std::size_t>(1000), 'a'));
  EXPECT_EQ(hash.hex(), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, OfAFileIsThatOfItsBytesAndAMissingFileIsSaid) {
  const tests::TempFolder folder;
  ASSERT_TRUE(writeFile(folder / "a.txt", "abc"));
  EXPECT_EQ(*sha256OfFile(folder / "a.txt"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256OfFile(folder / "missing").error().code, ErrorCode::not_found);
  EXPECT_EQ(sha256OfFile(folder.path()).error().code, ErrorCode::unreadable);
}

}  // namespace
}  // namespace hashimichi

#include "daemon/ledger/merkle.hpp"
#include "bookkeeper.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace licaudit::ledger {
namespace {

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

// The inputs and roots of the reference implementation of Certificate Transparency (RFC 6962).
const std::vector<std::string> known_leaves{
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> known_roots{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                           "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                           "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                           "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                           "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                           "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                           "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                           "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                           "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

TEST(merkle_test, gives_the_known_roots_of_rfc_6962) {
  merkle_tree tree;
  EXPECT_EQ(to_hex(tree.root()), known_roots[0]);
  for (std::size_t i = 0; i < known_leaves.size(); ++i) {
    tree.put("leaf-" + std::to_string(i), from_hex(known_leaves[i]));
    EXPECT_EQ(to_hex(tree.root()), known_roots[i + 1]) << i + 1 << " leaves";
  }
}

digest naive_root_of(const std::map<std::string, std::string>& leaves) {
  std::vector<std::string> in_order;
  for (const auto& [name, leaf] : leaves) in_order.push_back(leaf);
  return naive_root(in_order);
}

TEST(merkle_test, equals_the_recursive_definition_for_every_size) {
  for (int size = 0; size <= 70; ++size) {
    merkle_tree tree;
    std::map<std::string, std::string> leaves;
    for (int i = 0; i < size; ++i) tree.put(std::to_string(i), leaves[std::to_string(i)] = "leaf " + std::to_string(i));
    EXPECT_EQ(to_hex(tree.root()), to_hex(naive_root_of(leaves))) << size;
    for (const auto& [name, leaf] : std::map(leaves)) {
      tree.put(name, leaves[name] = leaf + " again");
      ASSERT_EQ(to_hex(tree.root()), to_hex(naive_root_of(leaves))) << size << ", " << name;
    }
  }
}

TEST(merkle_test, equals_the_recursive_definition_after_any_changes) {
  std::mt19937 random(6962);
  for (int round = 0; round < 60; ++round) {
    merkle_tree tree;
    std::map<std::string, std::string> leaves;
    for (int change = 0; change < 120; ++change) {
      const std::string name = "t" + std::to_string(random() % 71);
      if (random() % 3 == 0) {
        tree.remove(name);
        leaves.erase(name);
      } else {
        tree.put(name, leaves[name] = std::to_string(random() % 1000));
      }
      if (random() % 4 == 0) {
        ASSERT_EQ(to_hex(tree.root()), to_hex(naive_root_of(leaves))) << "round " << round << ", change " << change;
      }
    }
    ASSERT_EQ(tree.size(), leaves.size());
    ASSERT_EQ(to_hex(tree.root()), to_hex(naive_root_of(leaves)));
  }
}

TEST(merkle_test, does_not_depend_on_the_order_of_arrival) {
  merkle_tree forwards, backwards;
  for (int i = 0; i < 9; ++i) forwards.put(std::to_string(i), "x" + std::to_string(i));
  for (int i = 8; i >= 0; --i) backwards.put(std::to_string(i), "x" + std::to_string(i));
  EXPECT_EQ(forwards.root(), backwards.root());
}

TEST(merkle_test, becomes_the_empty_tree_again) {
  merkle_tree tree;
  tree.put("a", "1");
  tree.put("a", "2");
  static_cast<void>(tree.root());
  tree.put("a", "3");
  tree.remove("a");
  EXPECT_EQ(to_hex(tree.root()), known_roots[0]);
  tree.put("b", "");
  EXPECT_EQ(to_hex(tree.root()), known_roots[1]);
}

}  // namespace
}  // namespace licaudit::ledger

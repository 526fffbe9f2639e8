#include "identity/people.hpp"

#include "identity/audit.hpp"
#include "identity/test_house.hpp"

namespace geili::identity {
namespace {

using store::Tx;

TEST(Login, IsFoldedAndBounded) {
  EXPECT_EQ(*checked_login("Lin.Mei-3@Example_x+1"), "lin.mei-3@example_x+1");
  EXPECT_EQ(*checked_login("abc"), "abc");
  EXPECT_TRUE(checked_login(std::string(64, 'a')));
  for (const std::string& bad :
       {std::string(), std::string("ab"), std::string(65, 'a'), std::string("a b c"),
        std::string("señor"), std::string("林美林"), std::string("abc\n"), std::string("ab\0c", 4),
        std::string("a/b/c"), std::string("'; --"), std::string("\xff\xfe\xfd")}) {
    EXPECT_EQ(field_of(checked_login(bad)), "/login") << bad;
  }
}

class People : public House {
 protected:
  Result<PersonId> try_add(NewPerson person) {
    return write([&](Tx& tx) { return add_person(tx, clock_, person); });
  }
  Person get(PersonId id) {
    return *read([&](Tx& tx) { return find_person(tx, id); });
  }
};

TEST_F(People, AreKeptAsGiven) {
  const auto id = try_add({" Lin Mei ", "Lin", "hash", Role::manager});
  ASSERT_TRUE(id);
  const Person person = get(*id);
  EXPECT_EQ(person.name, "Lin Mei");
  EXPECT_EQ(person.login, "lin");
  EXPECT_EQ(person.role, Role::manager);
  EXPECT_FALSE(person.disabled);
  EXPECT_EQ(person.created_at, clock_.now());
}

TEST_F(People, ALoginIsTakenOnceWhateverItsCase) {
  add("lin", Role::seller);
  const auto second = try_add({"Other", "LIN", "hash", Role::seller});
  EXPECT_EQ(code_of(second), "login-taken");
  EXPECT_EQ(field_of(second), "/login");
}

TEST_F(People, BadNamesAreRefused) {
  for (const std::string& name :
       {std::string(), std::string("  "), std::string(81, 'x'), std::string("a\nb"),
        std::string("\xc3\x28"), std::string("\u202e")}) {
    EXPECT_EQ(field_of(try_add({name, "login", "hash", Role::seller})), "/name") << name;
  }
  EXPECT_EQ(count("SELECT count(*) FROM person"), 0);
}

TEST_F(People, AreListedInPages) {
  for (int i = 0; i < 5; ++i) add("person" + std::to_string(i), Role::seller);
  const auto page =
      *read([](Tx& tx) -> Result<std::vector<Person>> { return list_people(tx, PersonId{2}, 2); });
  ASSERT_EQ(page.size(), 2U);
  EXPECT_EQ(page[0].login, "person2");
  EXPECT_EQ(page[1].login, "person3");
}

TEST_F(People, TheLastAdministratorStays) {
  const PersonId admin = add("admin", Role::admin);
  const auto disable = [&](PersonId id) {
    return code_of(write([&](Tx& tx) { return set_disabled(tx, clock_, admin, id, true); }));
  };
  const auto demote = [&](PersonId id) {
    return code_of(write([&](Tx& tx) { return set_role(tx, clock_, admin, id, Role::seller); }));
  };
  EXPECT_EQ(disable(admin), "last-admin");
  EXPECT_EQ(demote(admin), "last-admin");
  const PersonId other = add("other", Role::admin);
  EXPECT_EQ(disable(other), "");
  EXPECT_EQ(demote(admin), "last-admin") << "a disabled administrator cannot help";
  const PersonId third = add("third", Role::admin);
  EXPECT_EQ(demote(admin), "");
  EXPECT_EQ(disable(third), "last-admin");
}

TEST_F(People, DisablingEndsWhatWasOpen) {
  const PersonId admin = add("admin", Role::admin);
  const PersonId rosa = add("rosa", Role::seller);
  const auto session = sign_in(rosa);
  ASSERT_TRUE(write([&](Tx& tx) { return set_disabled(tx, clock_, admin, rosa, true); }));
  EXPECT_TRUE(get(rosa).disabled);
  EXPECT_EQ(code_of(who(session.token)), "signed-out");
  EXPECT_EQ(code_of(write([&](Tx& tx) { return open_session(tx, clock_, rosa); })),
            "person-disabled");
  ASSERT_TRUE(write([&](Tx& tx) { return set_disabled(tx, clock_, admin, rosa, false); }));
  sign_in(rosa);
}

TEST_F(People, AreFoundByTheirLogin) {
  const PersonId lin = add("lin", Role::seller);
  const auto find = [&](std::string_view login) {
    return read([&](Tx& tx) { return find_person_by_login(tx, login); });
  };
  EXPECT_EQ(find("LIN")->id, lin);
  for (const std::string_view login : {"", "li", "rosa", "' OR 1=1 --"}) {
    EXPECT_EQ(code_of(find(login)), "person-unknown") << login;
  }
}

TEST_F(People, BelongToShops) {
  const PersonId lin = add("lin", Role::seller);
  const PersonId rosa = add("rosa", Role::seller);
  const auto join = [&](PersonId person, std::int64_t shop) {
    return code_of(write([&](Tx& tx) { return add_membership(tx, clock_, person, ShopId{shop}); }));
  };
  EXPECT_EQ(join(lin, 2), "");
  EXPECT_EQ(join(lin, 1), "");
  EXPECT_EQ(join(lin, 1), "");
  EXPECT_EQ(join(rosa, 1), "");
  EXPECT_EQ(join(PersonId{99}, 1), "person-unknown");
  const auto shops = [&](PersonId person) {
    return *read([&](Tx& tx) -> Result<std::vector<ShopId>> { return shops_of(tx, person); });
  };
  EXPECT_EQ(shops(lin), (std::vector{ShopId{1}, ShopId{2}}));
  const auto members =
      *read([](Tx& tx) -> Result<std::vector<Person>> { return members_of(tx, ShopId{1}); });
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[1].login, "rosa");
  (void)write([&](Tx& tx) -> Result<void> {
    remove_membership(tx, lin, ShopId{1});
    return {};
  });
  EXPECT_EQ(shops(lin), std::vector{ShopId{2}});
}

TEST_F(People, AreInABoundedNumberOfShops) {
  const PersonId lin = add("lin", Role::seller);
  const auto result = write([&](Tx& tx) -> Result<void> {
    for (int shop = 1; shop <= kMembershipsMax; ++shop) {
      if (auto added = add_membership(tx, clock_, lin, ShopId{shop}); !added) {
        ADD_FAILURE() << shop;
      }
    }
    return add_membership(tx, clock_, lin, ShopId{kMembershipsMax + 1});
  });
  EXPECT_EQ(code_of(result), "too-many-memberships");
}

TEST_F(People, WhatIsDoneToThemIsNoted) {
  const PersonId admin = add("admin", Role::admin);
  const PersonId rosa = add("rosa", Role::seller);
  ASSERT_TRUE(write([&](Tx& tx) { return set_role(tx, clock_, admin, rosa, Role::manager); }));
  const auto entries = read([](Tx& tx) { return list_audit(tx, {}, {}); })->items;
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].person, admin);
  EXPECT_EQ(entries[0].action, "role-changed");
  EXPECT_EQ(entries[0].subject, subject_of("person", rosa.value));
  EXPECT_EQ(entries[0].happened_at, clock_.now());
  EXPECT_EQ(entries[0].detail, "seller → manager");
}

}  // namespace
}  // namespace geili::identity

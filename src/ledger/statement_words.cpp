#include "ledger/statement_words.hpp"

namespace geili::ledger {
namespace {

constexpr StatementWords kEnglish{
    .title = "Statement of account",
    .opening = "Opening balance",
    .sales = "Sales",
    .refunds = "Refunds",
    .commission = "Commission of the co-operative",
    .fees = "Payment fees",
    .cash_kept = "Cash you took yourself",
    .payouts = "Paid out to you",
    .other = "Payments and adjustments",
    .closing = "Closing balance",
    .you_are_owed = "The co-operative owes you {}.",
    .you_owe = "You owe the co-operative {}. It is taken from your next payout.",
    .practice = "Not counted here: {} paid in practice, which is nobody's money.",
    .nothing = "Nothing was entered in this period.",
    .date = "Date",
    .entry = "Entry",
    .column_sales = "Sales and refunds",
    .column_costs = "Commission and fees",
    .column_paid = "Paid and kept",
    .balance = "Balance",
    .in_cash = "cash",
    .proof = "Proof of the books: entry no. {}, SHA-256",
    .kinds = {"Sale", "Refund", "Charged back", "Dispute", "Dispute won", "Payout", "Payout",
              "Payout returned", "Settlement", "Payment fee", "Your payment", "Adjustment",
              "Correction"}};

constexpr StatementWords kChinese{
    .title = "对账单",
    .opening = "期初余额",
    .sales = "销售",
    .refunds = "退款",
    .commission = "合作社佣金",
    .fees = "支付手续费",
    .cash_kept = "您自收的现金",
    .payouts = "已付给您",
    .other = "缴款与调整",
    .closing = "期末余额",
    .you_are_owed = "合作社应付您 {}。",
    .you_owe = "您应付合作社 {}，将从下次付款中扣除。",
    .practice = "未计入本单：练习支付 {}，并非真实款项。",
    .nothing = "本期没有记录。",
    .date = "日期",
    .entry = "项目",
    .column_sales = "销售与退款",
    .column_costs = "佣金与手续费",
    .column_paid = "已付与自收",
    .balance = "余额",
    .in_cash = "现金",
    .proof = "账簿凭证：第 {} 笔，SHA-256",
    .kinds = {"销售", "退款", "拒付扣回", "争议", "争议胜诉", "付款", "付款", "付款退回", "结算",
              "手续费", "您的缴款", "调整", "更正"}};

constexpr StatementWords kSpanish{
    .title = "Estado de cuenta",
    .opening = "Saldo inicial",
    .sales = "Ventas",
    .refunds = "Devoluciones",
    .commission = "Comisión de la cooperativa",
    .fees = "Cargos por pagos",
    .cash_kept = "Efectivo que usted cobró",
    .payouts = "Pagado a usted",
    .other = "Abonos y ajustes",
    .closing = "Saldo final",
    .you_are_owed = "La cooperativa le debe {}.",
    .you_owe = "Usted debe a la cooperativa {}. Se descuenta de su próximo pago.",
    .practice = "No se cuenta aquí: {} pagados de práctica, que no son dinero de nadie.",
    .nothing = "No hay movimientos en este periodo.",
    .date = "Fecha",
    .entry = "Concepto",
    .column_sales = "Ventas y devoluciones",
    .column_costs = "Comisión y cargos",
    .column_paid = "Pagado y cobrado",
    .balance = "Saldo",
    .in_cash = "efectivo",
    .proof = "Prueba de los libros: asiento n.º {}, SHA-256",
    .kinds = {"Venta", "Devolución", "Contracargo", "Disputa", "Disputa ganada", "Pago", "Pago",
              "Pago devuelto", "Liquidación", "Cargo por pago", "Su abono", "Ajuste",
              "Corrección"}};

constexpr StatementWords kFrench{
    .title = "Relevé de compte",
    .opening = "Solde initial",
    .sales = "Ventes",
    .refunds = "Remboursements",
    .commission = "Commission de la coopérative",
    .fees = "Frais de paiement",
    .cash_kept = "Espèces que vous avez encaissées",
    .payouts = "Versé à votre compte",
    .other = "Règlements et ajustements",
    .closing = "Solde final",
    .you_are_owed = "La coopérative vous doit {}.",
    .you_owe =
        "Vous devez {} à la coopérative. Ce montant est retenu sur votre prochain versement.",
    .practice = "Non compté ici : {} payés pour s’exercer, qui ne sont l’argent de personne.",
    .nothing = "Aucune écriture pendant cette période.",
    .date = "Date",
    .entry = "Opération",
    .column_sales = "Ventes et retours",
    .column_costs = "Commission et frais",
    .column_paid = "Versé et encaissé",
    .balance = "Solde",
    .in_cash = "espèces",
    .proof = "Preuve des livres : écriture n° {}, SHA-256",
    .kinds = {"Vente", "Remboursement", "Impayé repris", "Litige", "Litige gagné", "Versement",
              "Versement", "Versement retourné", "Règlement du prestataire", "Frais de paiement",
              "Votre règlement", "Ajustement", "Correction"}};

}  // namespace

const StatementWords& statement_words(Language language) {
  switch (language) {
    case Language::en:
      return kEnglish;
    case Language::zh:
      return kChinese;
    case Language::es:
      return kSpanish;
    case Language::fr:
      return kFrench;
  }
  return kEnglish;
}

}  // namespace geili::ledger

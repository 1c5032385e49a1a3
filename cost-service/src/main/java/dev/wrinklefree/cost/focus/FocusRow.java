package dev.wrinklefree.cost.focus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One charge, by the names and rules of FOCUS 1.2: the machines of one run in one interval within
 * one month. All four costs are our estimate by list price, which {@code x_Estimated} says; it is
 * no invoice. Money is in {@code billingCurrency}, times are UTC, ends are exclusive.
 */
@JsonNaming(UpperCamelCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder
record FocusRow(
    BigDecimal billedCost,
    String billingAccountId,
    String billingAccountName,
    String billingCurrency,
    Instant billingPeriodStart,
    Instant billingPeriodEnd,
    String chargeCategory,
    @Nullable String chargeClass,
    String chargeDescription,
    String chargeFrequency,
    Instant chargePeriodStart,
    Instant chargePeriodEnd,
    BigDecimal consumedQuantity,
    String consumedUnit,
    BigDecimal contractedCost,
    BigDecimal contractedUnitPrice,
    BigDecimal effectiveCost,
    String invoiceIssuerName,
    BigDecimal listCost,
    BigDecimal listUnitPrice,
    String pricingCategory,
    BigDecimal pricingQuantity,
    String pricingUnit,
    String providerName,
    String publisherName,
    @Nullable String regionId,
    @Nullable String regionName,
    String resourceId,
    @Nullable String resourceName,
    String resourceType,
    String serviceCategory,
    String serviceName,
    String serviceSubcategory,
    @Nullable String skuId,
    String tags,
    @JsonProperty("x_RunId") String runId,
    @JsonProperty("x_Estimated") boolean estimated,
    @JsonProperty("x_PriceSource") String priceSource,
    @JsonProperty("x_PriceAsOf") @Nullable LocalDate priceAsOf,
    @JsonProperty("x_NodeCount") int nodeCount,
    @JsonProperty("x_AcceleratorName") @Nullable String acceleratorName,
    @JsonProperty("x_AcceleratorCount") @Nullable Integer acceleratorCount) {}
